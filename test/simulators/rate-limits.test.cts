import { bearer, send } from './client.cts';
import { SEED, startSimulators } from './index.cts';
import type { ServiceName, Simulators } from './index.cts';

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators({ rateLimit: { kind: 'window', size: 1, ms: 60_000 } });
});
afterEach(() => simulators.reset());
afterAll(() => simulators.close());

const READS: Record<ServiceName, string> = {
	langdock: '/user-management/v1/deactivate-user',
	odeus: '/user-management/v1/deactivate-user',
	aitronos: '/v1/auth/validate',
	zitadel: '/auth/v1/users/me',
	awork: '/users/me',
};

it.each<[ServiceName, string | undefined, string]>([
	['langdock', 'retry-after', 'Too many requests'],
	['odeus', 'retry-after', 'Too many requests'],
	['aitronos', 'retry-after', 'RATE_LIMIT_EXCEEDED'],
	['zitadel', undefined, '"code":8'],
	['awork', 'ratelimit-reset', 'rate-limit'],
])('%s refuses a request too many in its own form', async (name, header, text) => {
	const { baseUrl } = simulators[name];
	const ask = async () =>
		await send(baseUrl, {
			method: 'GET',
			path: READS[name],
			headers: bearer(SEED[name].secrets.valid),
		});
	expect((await ask()).status).not.toBe(429);
	const refused = await ask();
	expect(refused.status).toBe(429);
	expect(JSON.stringify(refused.body)).toContain(text);
	if (header === undefined) expect(refused.headers.get('retry-after')).toBeNull();
	else expect(Number(refused.headers.get(header))).toBeGreaterThan(50);
});
