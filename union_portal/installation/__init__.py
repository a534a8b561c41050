"""What a portal leaves outside its clone: settings, units, nginx's file, the certificate; and whether all is there.

Needs nothing but the standard library, so that it tells what is missing before anything is installed.
"""
