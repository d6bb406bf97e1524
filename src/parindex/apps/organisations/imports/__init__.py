"""Units and people that are handed in as a table: what each row would do, before anything is done."""

from parindex.apps.organisations.imports.people import PEOPLE_COLUMNS as PEOPLE_COLUMNS
from parindex.apps.organisations.imports.people import plan_people as plan_people
from parindex.apps.organisations.imports.plans import digest_of as digest_of
from parindex.apps.organisations.imports.units import UNIT_COLUMNS as UNIT_COLUMNS
from parindex.apps.organisations.imports.units import plan_units as plan_units
