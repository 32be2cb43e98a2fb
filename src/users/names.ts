/** As many characters as the name of a person may have. */
export const MOST_LETTERS = 120
