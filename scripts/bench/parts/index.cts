/** The parts of the benchmark, by the names that the results have. */
export { faults } from './faults.cts';
export { knee } from './knee.cts';
export { memory } from './memory.cts';
export { oneLeaver } from './oneLeaver.cts';
export { rateLimited } from './rateLimited.cts';
export { scale } from './scale.cts';
export { scim } from './scim.cts';
export { startup } from './startup.cts';
export { throughput } from './throughput.cts';
