"""Every change of criteria sets: made, edited, locked, stored."""

from parindex.apps.frameworks.actions.drafting import Decision as Decision
from parindex.apps.frameworks.actions.drafting import NewDraft as NewDraft
from parindex.apps.frameworks.actions.drafting import change_draft as change_draft
from parindex.apps.frameworks.actions.drafting import drop_draft as drop_draft
from parindex.apps.frameworks.actions.drafting import go_back as go_back
from parindex.apps.frameworks.actions.drafting import lock_draft as lock_draft
from parindex.apps.frameworks.actions.drafting import open_draft as open_draft
from parindex.apps.frameworks.actions.storing import store_framework as store_framework
