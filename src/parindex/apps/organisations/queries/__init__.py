"""What pages read of units and people."""

from parindex.apps.organisations.queries.people import HeldRole as HeldRole
from parindex.apps.organisations.queries.people import Listed as Listed
from parindex.apps.organisations.queries.people import find_person as find_person
from parindex.apps.organisations.queries.people import holders as holders
from parindex.apps.organisations.queries.people import keepers as keepers
from parindex.apps.organisations.queries.people import listed_people as listed_people
from parindex.apps.organisations.queries.people import names_of as names_of
from parindex.apps.organisations.queries.people import people_of as people_of
from parindex.apps.organisations.queries.people import places_of_person as places_of_person
from parindex.apps.organisations.queries.people import roles_in_words as roles_in_words
from parindex.apps.organisations.queries.reaching import addresses_of as addresses_of
from parindex.apps.organisations.queries.reaching import holding_in as holding_in
from parindex.apps.organisations.queries.units import Tree as Tree
from parindex.apps.organisations.queries.units import find_unit as find_unit
from parindex.apps.organisations.queries.units import heirs_of as heirs_of
from parindex.apps.organisations.queries.units import managed_units as managed_units
from parindex.apps.organisations.queries.units import tree_of as tree_of
from parindex.apps.organisations.queries.units import units_below as units_below
