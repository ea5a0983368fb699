#ifndef DEMO_H
#define DEMO_H

/**
 * demo_generate(directory): the sample data: an appliance maker's customers
 * (customers.csv, as a spreadsheet program saves it in China) and tickets
 * (tickets.csv, as a call centre exports it) of three years up to
 * 2026-11-21T09:00, with the dirt of real life, and what its rules need:
 * products.tsv, serials.tsv, roster.tsv. All names and numbers are made up.
 */
void demo_generate(const char *directory);

#endif
