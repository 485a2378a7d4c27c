/** Lets whoever waits have a turn: what takes long is done in pieces, so that no page waits for all of it. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
