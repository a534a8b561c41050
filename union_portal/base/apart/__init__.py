"""Files are opened in processes apart: what breaks, hangs or swells there is one refused file and nothing else.

`processes.Apart` names the function that opens one kind of file; a helper of its own imports that function's module and
forks a child for every file, which gets the file and nothing else: no setting, no key, a bounded memory and time.
"""
