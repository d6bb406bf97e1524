"""Every change of units and people."""

from parindex.apps.organisations.actions.people import NewPerson as NewPerson
from parindex.apps.organisations.actions.people import add_person as add_person
from parindex.apps.organisations.actions.people import delegate as delegate
from parindex.apps.organisations.actions.people import grant_role as grant_role
from parindex.apps.organisations.actions.units import NewUnit as NewUnit
from parindex.apps.organisations.actions.units import add_units as add_units
from parindex.apps.organisations.actions.units import found_territory as found_territory
