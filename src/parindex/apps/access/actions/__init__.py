"""Every change at the door. What is about one person stands in the chain ``access:KEY``."""

from parindex.apps.access.actions.factors import confirm_second_step as confirm_second_step
from parindex.apps.access.actions.factors import renew_recovery_codes as renew_recovery_codes
from parindex.apps.access.actions.factors import turn_off_factor as turn_off_factor
from parindex.apps.access.actions.factors import turn_on_factor as turn_on_factor
from parindex.apps.access.actions.guessing import count_try as count_try
from parindex.apps.access.actions.guessing import forget_tries as forget_tries
from parindex.apps.access.actions.guessing import wait_after_miss as wait_after_miss
from parindex.apps.access.actions.passwords import change_password as change_password
from parindex.apps.access.actions.passwords import choose_password as choose_password
from parindex.apps.access.actions.passwords import reset_password as reset_password
from parindex.apps.access.actions.seats import clear_old as clear_old
from parindex.apps.access.actions.seats import end_session as end_session
from parindex.apps.access.actions.seats import end_sessions as end_sessions
from parindex.apps.access.actions.seats import record_entry as record_entry
from parindex.apps.access.actions.seats import record_leaving as record_leaving
