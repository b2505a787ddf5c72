from coaching.kernel.registry import plumbing

plumbing("journal.Event", "id ref chain number at kind actor subject mission data previous digest")
plumbing("journal.Head", "id chain number digest")
plumbing("journal.Lifting", "id purpose")
