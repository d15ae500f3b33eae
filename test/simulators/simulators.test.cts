import { SEED, SERVICE_NAMES, startSimulators, type Simulators } from './index.cts';

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterAll(async () => await simulators.close());

// What they answer is shown by the workflow tests of each service.
it.each(SERVICE_NAMES)(
	'%s reports what its documentation does not know, and resets',
	async (name) => {
		const simulator = simulators[name];
		const key = SEED[name].secrets.valid;
		const headers = name === 'aitronos' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
		await fetch(`${simulator.baseUrl}/no/such/path`, { headers });
		expect(simulator.violations).toHaveLength(1);
		simulator.reset();
		expect([simulator.violations, simulator.requests]).toEqual([[], []]);
	},
);
