"""Systems of partners that work with Luisterloket without a page: their tokens, the API's ground, and what is told to them."""
