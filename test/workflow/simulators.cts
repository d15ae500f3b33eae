import { SERVICE_NAMES, startSimulators, type Simulators } from '../simulators/index.cts';

/** All simulators for the tests of a file. After each test, nothing may have been asked wrongly. */
export function useSimulators(): Simulators {
	const simulators = {} as Simulators;

	beforeAll(async () => {
		Object.assign(simulators, await startSimulators());
	});
	afterEach(() => {
		for (const name of SERVICE_NAMES) expect(simulators[name].violations).toEqual([]);
		// When Aitronos lists them, it gives the owner of the credential access to more of them.
		const { requests } = simulators.aitronos;
		expect(requests.filter(({ path }) => path === '/v1/organizations')).toEqual([]);
		simulators.reset();
	});
	afterAll(async () => await simulators.close());

	return simulators;
}
