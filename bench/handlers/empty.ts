/** Does nothing: what every function takes. */
export const handler = async (): Promise<{ statusCode: number }> => ({ statusCode: 200 });
