/** UTF-16 code units of a file with everything. A course played to the end with all the runs that find room is half of it. */
export const archiveCharactersMax = 50_000_000;
