/** The seed of all chance in this suite. Another one: `FAULT_SEED=7 npm run test:faults`. */
export const SEED_OF_CHANCE = Number(process.env.FAULT_SEED ?? 20_261_121);
