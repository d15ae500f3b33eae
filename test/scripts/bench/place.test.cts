import { API_KEY, Place } from '../../../scripts/bench/place.cts';
import type { PlaceRequest } from '../../../scripts/bench/place.cts';
import { addressOf } from '../../../scripts/bench/people.cts';

const requestFor = (number: number, facts: Partial<PlaceRequest> = {}): PlaceRequest => ({
	method: 'POST',
	path: '/user-management/v1/deactivate-user',
	authorization: `Bearer ${API_KEY}`,
	body: JSON.stringify({ email: addressOf(number) }),
	...facts,
});

test('deactivates an account once', () => {
	const place = new Place(2, { latencyMs: 0 }, 0);
	expect(place.receive(requestFor(1), 0).answer?.status).toBe(200);
	expect(place.receive(requestFor(1), 0).answer?.status).toBe(404);
	expect(place).toMatchObject({ requests: 2, deactivated: new Set([addressOf(1)]) });
	expect(place.violations).toEqual([]);
});

test('knows nobody else', () => {
	const place = new Place(2, { latencyMs: 0 }, 0);
	expect(place.receive(requestFor(2), 0).answer?.status).toBe(404);
	expect(place.deactivated.size).toBe(0);
});

test.each([
	[{ method: 'GET' }, 405],
	[{ path: '/user-management/v1/deactivate-user/' }, 404],
	[{ authorization: 'Bearer other' }, 401],
	[{ body: '' }, 400],
	[{ body: '{"email":"person.0@example.org","role":"admin"}' }, 400],
])('refuses and notes %j', (facts, status) => {
	const place = new Place(1, { latencyMs: 0 }, 0);
	expect(place.receive(requestFor(0, facts), 0).answer?.status).toBe(status);
	expect(place.violations).toHaveLength(1);
	expect(place.deactivated.size).toBe(0);
});

test('asks to wait a second when a request is too many', () => {
	const rateLimit = { kind: 'bucket', size: 1, perSecond: 1 } as const;
	const place = new Place(2, { latencyMs: 0, rateLimit }, 0);
	expect(place.receive(requestFor(0), 0).answer?.status).toBe(200);
	expect(place.receive(requestFor(1), 500).answer).toMatchObject({
		status: 429,
		headers: { 'retry-after': '1' },
	});
	expect(place.receive(requestFor(1), 1000).answer?.status).toBe(200);
	expect(place).toMatchObject({ requests: 3, refused: 1 });
});

test('cuts connections before and after it acts', () => {
	const users = 2000;
	const place = new Place(users, { latencyMs: 0, faultSeed: 1 }, 0);
	const deliveries = Array.from({ length: users }, (_, number) => ({
		isCut: place.receive(requestFor(number), 0).cut === 'all',
		isDone: place.deactivated.has(addressOf(number)),
	}));
	expect(deliveries).toContainEqual({ isCut: true, isDone: false });
	expect(deliveries).toContainEqual({ isCut: true, isDone: true });
	expect(deliveries).toContainEqual({ isCut: false, isDone: false });
});
