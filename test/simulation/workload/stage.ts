/** The name of the stage whose functions run here. */
export const stage = 'simulation';
