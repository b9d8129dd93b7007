/** Version of the engine: recordings of another version open with a notice when their hash differs. */
export const engine = '0.1.0';
