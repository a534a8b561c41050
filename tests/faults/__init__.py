"""What is done to the portal from outside: kills, a stopped database, a full disk, a silent mail server, no worker."""
