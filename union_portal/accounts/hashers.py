"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ModestArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id as OWASP's least: 19 MB, two passes, one lane.

    Django's own 100 MB with eight lanes suit a machine with eight cores: several people signing in at once would take
    this one's memory, and each an eighth of the speed. A password kept by other parameters is written anew at sign-in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
