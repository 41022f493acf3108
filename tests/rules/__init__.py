"""Each rule of the register has its test here, named after it."""
