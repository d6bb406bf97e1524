"""Rows of `addresses.MATRIX` for those who answer, as the arguments of each: everybody, signed in or not."""

ANSWERING = {
    "answer:list": {"found": [()]},
    "answer:thanks": {"found": [()]},
    # forms behind secret addresses take what is sent, and say in their own words what is wrong with them: see
    # test_answering.py
    "answer:link": {"found": []},
    "answer:counter": {"found": []},
}
