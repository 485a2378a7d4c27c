import type { Edition } from './edition.ts';

/** Words an hour, for estimates only: what an edition that has said nothing is counted with, and what is believable. */
export const pace = { usual: 250, least: 20, most: 3000 } as const;

export const isPace = (words: number): boolean => Number.isInteger(words) && words >= pace.least && words <= pace.most;

export const paceOf = ({ wordsPerHour }: Pick<Edition, 'wordsPerHour'>): number => wordsPerHour ?? pace.usual;

/** Hours of work in a number of words. */
export const hoursFor = (words: number, wordsPerHour: number): number => words / wordsPerHour;
