// What is printed is compared as text: a terminal that starts the tests lends them no colours.
process.env.NO_COLOR = "1";
