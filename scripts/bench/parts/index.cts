/** The parts of the benchmark, by the names that the results have. */
export { knee } from './knee.cts';
export { faults, rateLimited, scale, throughput } from './manyUsers.cts';
export { memory } from './memory.cts';
export { oneLeaver } from './oneLeaver.cts';
export { scim } from './scim.cts';
export { startup } from './startup.cts';
