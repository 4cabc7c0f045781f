"""The local page for editors: paste a draft, choose sources, see verdicts beside the text; the same as a JSON API.

It is bound to this machine. `server` opens the port, `guard` stands at the door, `pages` and `api` answer. What
strangers wrote is read by other processes (`pool`, `worker`), which are ended when they take too long; only JSON and
bytes come back from them. `limits` has every bound in one place.
"""
