"""What `dossiers` counts, as one would write it with pandas; days are looked up in arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd


MOMENT, NEVER = 29_453_759, 2**31
COLUMNS = ["unit", "month", "status", "received", "due", "extended", "extensions", "paused", "resumed"]
COLUMNS += ["paused_days", "ended", "channel", "fee", "paid_online", "digitised", "apology"]


def measured(files, tables):
    """Sums by unit and month, and the sums of two percentiles of working days."""
    given = pd.concat([pd.read_parquet(f, columns=COLUMNS) for f in files], ignore_index=True)
    frame = flagged(given, judged(given, tables))
    counts = frame.groupby(["unit", "month"], sort=True).sum()
    return counts, ranked(frame[frame.resolved])


def judged(d, tables):
    """Deadlines, working days and states."""
    position, first = tables["calendar"]["position"], int(tables["calendar"]["day"][0])
    workday = tables["workdays"]["day"]

    def at(column):
        return position[d[column].fillna(first * 1440).to_numpy().astype("i8") // 1440 - first]

    shifted = (d.paused.notna() & d.resumed.notna()).to_numpy()
    stood = np.where(shifted, at("resumed") - at("paused"), 0) + d.paused_days.to_numpy()
    due = d.due.to_numpy().astype("i8")
    moved = workday[np.minimum(at("due") + stood - 1, len(workday) - 1)] * 1440 + due % 1440
    promised = np.where(stood > 0, moved, due)
    extended = d.extended.fillna(0).to_numpy()
    deadline = np.where((d.extensions.to_numpy() == 1) & (extended > promised), extended, promised)
    ended = d.ended.fillna(NEVER).to_numpy().astype("i8")
    done = (ended < NEVER) & (d.status.to_numpy() >= 9)
    took = np.where(done, np.maximum(at("ended") - at("received") - stood, 0), 0)
    return {"promised": promised, "deadline": deadline, "ended": ended, "done": done, "took": took}


def flagged(d, found):
    """A column of zeros and ones, or of amounts, for each counter."""
    deadline, ended, done = found["deadline"], found["ended"], found["done"]
    status, fee, more = d.status.to_numpy(), d.fee.to_numpy(), d.extensions.to_numpy()
    r = ~np.isin(status, (1, 3))
    o, stands = r & (ended == NEVER), (d.paused.notna() & d.resumed.isna()).to_numpy()
    overdue = o & (np.where(stands, d.paused.fillna(0).to_numpy(), MOMENT) > deadline)
    timely, late = done & (ended <= deadline), done & (ended > deadline)
    same = ended // 1440 == deadline // 1440
    yes = {c: d[c].fillna(False).to_numpy().astype(bool) for c in ("paid_online", "digitised", "apology")}
    flags = {"registered": np.ones(len(d), bool), "received": r, "refused": status == 3, "resolved": done}
    flags |= {f"channel{k}": r & (d.channel.to_numpy() == k) for k in range(1, 5)}
    flags |= {"early": timely & ~same, "on_time": timely & same, "late": late}
    flags |= {"by_extension": timely & (ended > found["promised"])}
    flags |= {"withdrawn": (ended < NEVER) & (status == 7), "stopped": (ended < NEVER) & (status == 8)}
    flags |= {"open_in_time": o & ~stands & ~overdue, "open_overdue": o & ~stands & overdue}
    flags |= {"paused_in_time": o & stands & ~overdue, "paused_overdue": o & stands & overdue}
    flags |= {
        "extended": r & (more > 0),
        "extended_again": r & (more > 1),
        "apologies": (late | overdue) & yes["apology"],
    }
    flags |= {"with_fee": r & (fee > 0), "paid_online": r & (fee > 0) & yes["paid_online"]}
    flags |= {"digitised": r & yes["digitised"], "known": r & d.digitised.notna().to_numpy()}
    flags |= {
        "fee_all": np.where(r, fee, 0),
        "fee_online": np.where(r & yes["paid_online"], fee, 0),
        "days": found["took"],
    }
    flags |= {"minutes": np.where(done, ended - d.received.to_numpy(), 0)}
    return pd.DataFrame({"unit": d.unit, "month": d.month, **flags})


def ranked(frame):
    """Discrete percentiles, by sorting within groups."""
    ordered = frame.sort_values(["unit", "month", "days"])
    groups = ordered.groupby(["unit", "month"])["days"]
    place, size = groups.cumcount() + 1, groups.transform("size")
    last = [(place * 100 >= size * p) & ((place - 1) * 100 < size * p) for p in (50, 90)]
    return [int(ordered.days[rows].sum()) for rows in last]
