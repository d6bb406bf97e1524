"""Units and people."""

from parindex.apps.organisations.models.people import Delegation as Delegation
from parindex.apps.organisations.models.people import Grant as Grant
from parindex.apps.organisations.models.people import Guest as Guest
from parindex.apps.organisations.models.people import Person as Person
from parindex.apps.organisations.models.units import Succession as Succession
from parindex.apps.organisations.models.units import Unit as Unit
from parindex.apps.organisations.models.units import UnitChange as UnitChange
