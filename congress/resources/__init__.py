"""What can be imported into the congress; importing a module registers its kinds."""
