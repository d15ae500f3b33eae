import { fixedConcurrency } from '../../../../nodes/shared/http/concurrency';
import { createLimiter, type Limiter } from '../../../../nodes/shared/http/limiter';

const span = { sentAt: 0, endedAt: 20 };

/** Asks for places of items, and counts those that there were. */
function begin(limiter: Limiter, count: number) {
	const begun = { count: 0 };
	for (let item = 0; item < count; item++) void limiter.items.acquire().then(() => begun.count++);
	return begun;
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

/** A wait that ends when the test says so. */
function gate() {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open, wait: async () => await opened };
}

it('lets as many requests and items go on as the limit says, in their order', async () => {
	let limit = 1;
	const limiter = createLimiter({ ...fixedConcurrency(1), current: () => limit });
	const order: number[] = [];
	for (const request of [1, 2, 3]) void limiter.acquire().then(() => order.push(request));
	const begun = begin(limiter, 4);
	await settled();
	expect([order, begun.count]).toEqual([[1], 1]);
	limit = 2;
	limiter.release();
	await settled();
	expect([order, begun.count]).toEqual([[1, 2, 3], 2]);
});

describe('an item that waits', () => {
	it('gives its place to another, and takes one again afterwards', async () => {
		const limiter = createLimiter(fixedConcurrency(1));
		const begun = begin(limiter, 3);
		const { open, wait } = gate();
		const waiting = limiter.stepAside(wait);
		await settled();
		expect(begun.count).toBe(2);
		open();
		await waiting;
		for (const count of [2, 3]) {
			limiter.items.release();
			await settled();
			expect(begun.count).toBe(count);
		}
	});

	it('takes its place again when its wait is canceled', async () => {
		const limiter = createLimiter(fixedConcurrency(1));
		begin(limiter, 1);
		const canceled = limiter.stepAside(async () => await Promise.reject(new Error('canceled')));
		await expect(canceled).rejects.toThrow('canceled');
		expect(limiter.items.held()).toBe(1);
	});

	it('keeps its place if the service has not answered ten requests in a row', async () => {
		const limiter = createLimiter(fixedConcurrency(1));
		const begun = begin(limiter, 2);
		for (let failure = 0; failure < 10; failure++) limiter.failed(span);
		for (const count of [1, 2]) {
			void limiter.stepAside(gate().wait);
			await settled();
			expect(begun.count).toBe(count);
			limiter.answered('read', span);
		}
	});

	it('keeps its place if 200 others wait already', async () => {
		const limiter = createLimiter(fixedConcurrency(1));
		const begun = begin(limiter, 300);
		for (let item = 0; item < 300; item++) void limiter.stepAside(gate().wait);
		await settled();
		expect(begun.count).toBe(201);
	});
});
