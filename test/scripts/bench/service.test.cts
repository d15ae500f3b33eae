import { API_KEY } from '../../../scripts/bench/place.cts';
import { addressOf } from '../../../scripts/bench/people.cts';
import { BenchService } from '../../../scripts/bench/service.cts';

let service: BenchService;
beforeAll(async () => {
	service = await BenchService.start();
});
afterAll(async () => {
	await service.close();
});

const deactivate = async (baseUrl: string, number: number) =>
	await fetch(`${baseUrl}/user-management/v1/deactivate-user`, {
		method: 'POST',
		headers: { authorization: `Bearer ${API_KEY}` },
		body: JSON.stringify({ email: addressOf(number) }),
	});

test('each turn has a place of its own', async () => {
	const one = service.open('one', 1, { latencyMs: 0 });
	const other = service.open('other', 1, { latencyMs: 0 });
	const response = await deactivate(one.baseUrl, 0);
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({ status: 'success', message: 'User deactivated' });
	expect([one, other].map(({ ledger }) => ledger.deactivated.size)).toEqual([1, 0]);
});

test('answers with faults and cuts connections as the conditions say', async () => {
	const { baseUrl, ledger } = service.open('faulty', 200, { latencyMs: 0, faultSeed: 1 });
	const answers = await Promise.all(
		Array.from({ length: 200 }, async (_, number) =>
			deactivate(baseUrl, number).then(
				({ status }) => status,
				() => 'cut',
			),
		),
	);
	expect(new Set(answers)).toEqual(new Set([200, 503, 'cut']));
	expect(ledger.requests).toBe(200);
});

test('there is nothing where no place is open', async () => {
	const { baseUrl } = service.open('here', 1, { latencyMs: 0 });
	expect((await deactivate(baseUrl.replace('here', 'elsewhere'), 0)).status).toBe(404);
});
