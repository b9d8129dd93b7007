/** What the real library has and this one does not say so when it is called, with an error of its own name. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}

export function notSimulated(what: string): Promise<never> {
  return Promise.reject(new NotSimulated(`${what}: not simulated for the Java client.`));
}
