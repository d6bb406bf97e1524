"""What `dossiers` counts, as one would write it with pandas: counters and percentiles by unit and month.

Only the columns that are needed are read; days are looked up in arrays; units are categories, which pandas
groups fastest; percentiles come from how many dossiers took how many days.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


MOMENT, NEVER = 29_453_759, 2**31
CHANNELS = ("online_full", "online_part", "in_person", "post")
COLUMNS = ["unit", "month", "status", "received", "due", "extended", "extensions", "paused", "resumed"]
COLUMNS += ["paused_days", "ended", "channel", "fee", "paid_online", "digitised", "apology"]


def measured(files, tables):
    """A row for each unit and month: every counter, and two percentiles of working days."""
    given = pd.concat([pd.read_parquet(f, columns=COLUMNS) for f in files], ignore_index=True)
    given["unit"] = given.unit.astype("category")
    frame = flagged(given, judged(given, tables))
    counts = frame.groupby(["unit", "month"], sort=True, observed=True).sum()
    found = counts.join(ranked(frame[frame.resolved])).fillna(0).astype("int64").reset_index()
    return {name: found[name].to_numpy() for name in found.columns}


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
    waits, paused = np.isin(status, (5, 6, 8)), d.paused.notna().to_numpy()
    o, stands = r & (ended == NEVER), np.where(paused, d.resumed.isna() & ~np.isin(status, (2, 4)), waits)
    overdue = o & (np.where(stands, d.paused.fillna(d.received).to_numpy(), MOMENT) > deadline)
    timely, late = done & (ended <= deadline), done & (ended > deadline)
    same = ended // 1440 == deadline // 1440
    yes = {c: d[c].fillna(False).to_numpy().astype(bool) for c in ("paid_online", "digitised", "apology")}
    channel = d.channel.to_numpy()
    flags = {
        "registered": np.ones(len(d), bool),
        "received": r,
        "refused": status == 3,
        **{name: r & (channel == k) for k, name in enumerate(CHANNELS, start=1)},
        "resolved": done,
        "early": timely & ~same,
        "on_time": timely & same,
        "late": late,
        "undated": done & d.due.isna().to_numpy(),
        "by_extension": timely & (ended > found["promised"]),
        "withdrawn": (ended < NEVER) & (status == 7),
        "stopped": (ended < NEVER) & (status == 8),
        "open_in_time": o & ~stands & ~overdue,
        "open_overdue": o & ~stands & overdue,
        "paused_in_time": o & stands & ~overdue,
        "paused_overdue": o & stands & overdue,
        "extended": r & (more > 0),
        "extended_again": r & (more > 1),
        "apologies": (late | overdue) & yes["apology"],
        "with_fee": r & (fee > 0),
        "paid_online": r & (fee > 0) & yes["paid_online"],
        "digitised": r & yes["digitised"],
        "digitised_known": r & d.digitised.notna().to_numpy(),
        "fee": np.where(r, fee, 0),
        "fee_online": np.where(r & yes["paid_online"], fee, 0),
        "days": found["took"],
        "minutes": np.where(done, ended - d.received.to_numpy(), 0),
    }
    return pd.DataFrame({"unit": d.unit, "month": d.month, **flags})


def ranked(frame):
    """The least days within which 50 and 90 per cent of a group were resolved."""
    sizes = (
        frame.groupby(["unit", "month", "days"], sort=True, observed=True).size().rename("n").reset_index()
    )
    groups = sizes.groupby(["unit", "month"], observed=True)
    upto, whole = groups["n"].cumsum(), groups["n"].transform("sum")
    keys = [sizes.unit, sizes.month]
    enough = {f"p{p}": sizes.days.where(upto * 100 >= whole * p) for p in (50, 90)}
    return pd.DataFrame({name: days.groupby(keys, observed=True).min() for name, days in enough.items()})
