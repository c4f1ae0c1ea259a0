"""Reading the cells of lists that carry people: names, births, numbers, telephones, addresses."""
