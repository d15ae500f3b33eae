import nock from 'nock';

/**
 * Lets nock alone answer in this file: no request goes out, and every answer that a test prepared
 * has to be asked for.
 */
export function nockOnly(): void {
	beforeAll(() => nock.disableNetConnect());

	afterEach(() => {
		const pending = nock.pendingMocks();
		nock.cleanAll();
		expect(pending).toEqual([]);
	});

	afterAll(() => {
		nock.restore();
		nock.enableNetConnect();
	});
}
