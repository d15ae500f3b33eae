import { faultOf } from './weather.cts';

const requests = Array.from({ length: 2000 }, (_, number) => `POST /users/${number}`);
const faultsOf = (seed: number, share = 0.3, nth = 0) =>
	requests.map((request) => faultOf({ seed, share }, request, nth));

it('is the same for the same seed, and another for another', () => {
	expect(faultsOf(1)).toEqual(faultsOf(1));
	expect(faultsOf(1)).not.toEqual(faultsOf(2));
});

it('is another when the same request comes again', () => {
	expect(faultsOf(1)).not.toEqual(faultsOf(1, 0.3, 1));
});

it('hits about as many requests as it says, with every kind of fault', () => {
	const hits = faultsOf(1).flatMap((fault) => fault ?? []);
	expect(hits.length / requests.length).toBeCloseTo(0.3, 1);
	expect(new Set(hits.map(({ kind }) => kind)).size).toBe(9);
});

it('hits nobody without a share, and nobody more often than it may in a row', () => {
	expect(faultsOf(1, 0).filter(Boolean)).toEqual([]);
	expect(faultsOf(1, 1, 2).filter(Boolean)).toHaveLength(requests.length);
	expect(faultsOf(1, 1, 3).filter(Boolean)).toEqual([]);
});
