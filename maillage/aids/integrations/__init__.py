"""Services outside: the API of Aides-territoires."""
