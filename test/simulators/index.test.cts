import { send, bearer } from './client.cts';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { Simulators } from './index.cts';
import { freePortBase, isFree, occupy } from './ports.cts';

describe('startSimulators', () => {
	it('starts all on loopback, each with the leaver, active', async () => {
		const simulators = await startSimulators();
		for (const name of SERVICE_NAMES) {
			const simulator = simulators[name];
			expect(simulator.name).toBe(name);
			expect(new URL(simulator.baseUrl).hostname).toBe('127.0.0.1');
			expect(simulator.account(STAFF.leaver.email)?.state).toBe('active');
		}
		await simulators.close();
	});

	it('resets all, and passes each its own options', async () => {
		const simulators: Simulators = await startSimulators({
			odeus: { basePath: '/api/public' },
			latencyMs: 1,
		});
		await send(simulators.odeus.baseUrl, {
			method: 'POST',
			path: '/user-management/v1/deactivate-user',
			headers: bearer(SEED.odeus.secrets.valid),
			json: { email: STAFF.leaver.email },
		});
		expect(simulators.odeus.account(STAFF.leaver.email)?.state).toBe('deactivated');
		expect(simulators.langdock.account(STAFF.leaver.email)?.state).toBe('active');
		simulators.reset();
		expect(simulators.odeus.account(STAFF.leaver.email)?.state).toBe('active');
		await simulators.close();
	});

	it('leaves nothing running if one cannot start', async () => {
		const portBase = await freePortBase(SERVICE_NAMES.length);
		const release = await occupy(portBase + 3);
		await expect(startSimulators({ portBase })).rejects.toThrow(
			`Port ${portBase + 3} on 127.0.0.1, needed for zitadel, is already in use.`,
		);
		expect(await isFree(portBase)).toBe(true);
		await release();
	});
});
