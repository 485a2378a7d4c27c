/** The sheet that the pages of the baseline need beside the desk's. */
export const sheets: readonly string[] = ['desk-baseline.css'];
