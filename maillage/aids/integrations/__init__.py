"""Services outside: the API of Aides-territoires, and whatever the links of aids lead to."""
