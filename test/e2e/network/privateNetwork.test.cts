import { violationsOf } from '../../host/agreement.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import {
	casesFor,
	expectNoTestsAndLists,
	expectTestsAndLists,
	failed,
	prepare,
	reached,
	runCases,
} from './cases.cts';
import type { Case, Prepared } from './cases.cts';
import { startFront, startProxy } from './servers.cts';
import type { Proxy, Running } from './servers.cts';

/** A real n8n whose SSRF protection is on, and services in the private network that it guards. */

/** Addresses that n8n blocks: by default, and in the ranges that n8n 3.0 adds. */
const BLOCKED = ['127.0.0.1', '100.64.0.1', '[64:ff9b::6440:1]'];

jest.setTimeout(20_000);

let simulators: Simulators;
/** ZITADEL by the name `localhost`, which n8n is told to let through. */
let front: Running;
/** The only one that knows that 127.0.0.2, which n8n is told to let through, is this machine. */
let proxy: Proxy;
let n8n: Served;
let cases: readonly Case[];
/** By host: what is blocked. */
const blocked = new Map<string, readonly Prepared[]>();
let named: readonly Prepared[];
let inRange: readonly Prepared[];

beforeAll(async () => {
	simulators = await startSimulators();
	proxy = await startProxy();
	front = await startFront(Number(new URL(simulators.zitadel.baseUrl).port));
	n8n = await serve(packed().tarball, {
		N8N_SSRF_PROTECTION_ENABLED: 'true',
		N8N_SSRF_BLOCKED_IP_RANGES: 'default,100.64.0.0/10,64:ff9b::/96',
		N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
		N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.2/32',
		HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
		NO_PROXY: 'localhost,127.0.0.1',
	});

	const { editor } = n8n;
	cases = casesFor(simulators);
	for (const host of BLOCKED) {
		const addressOf = (service: ServiceName) => ({
			baseUrl: simulators[service].baseUrl.replace('127.0.0.1', host),
		});
		blocked.set(host, await prepare(editor, pathOf(host), cases, addressOf));
	}
	inRange = await prepare(editor, 'inRange', cases, (service) => ({
		baseUrl: simulators[service].baseUrl.replace('127.0.0.1', '127.0.0.2'),
	}));
	named = await prepare(editor, 'named', zitadelCases(), () => ({
		baseUrl: `http://localhost:${front.port}`,
	}));
}, 10 * 60_000);

beforeEach(() => {
	simulators.reset();
	proxy.log.length = 0;
});

afterEach(() => expect(violationsOf(simulators)).toEqual([]));

afterAll(async () => {
	await n8n?.stop();
	for (const running of [simulators, proxy, front]) await running?.close();
});

/** The webhook of the cases with that host. */
const pathOf = (host: string) => host.replace(/\W/g, '-');

const zitadelCases = () => cases.filter(({ service }) => service === 'zitadel');

describe.each(BLOCKED)('the private address %s', (host) => {
	const message = "n8n's SSRF protection blocks the address";
	const settings = ['N8N_SSRF_ALLOWED_HOSTNAMES', 'N8N_SSRF_ALLOWED_IP_RANGES'];

	afterEach(() => {
		for (const service of SERVICE_NAMES) expect(simulators[service].requests).toEqual([]);
	});

	test('is refused, and the message names the settings that allow it', async () => {
		expect(await runCases(n8n, pathOf(host))).toEqual(
			failed(cases, 'invalidInput', message, ...settings, 'n8n says: .*restricted IP address'),
		);
	});

	test('is refused to the test of a credential and to lists', async () => {
		await expectNoTestsAndLists(n8n, blocked.get(host) ?? [], message, ...settings);
	});
});

describe.each([
	['host name is in N8N_SSRF_ALLOWED_HOSTNAMES', 'named', () => named],
	['range is in N8N_SSRF_ALLOWED_IP_RANGES', 'inRange', () => inRange],
] as const)('a private address whose %s', (_, path, prepared) => {
	test('is let through', async () => {
		expect(await runCases(n8n, path)).toEqual(reached(prepared()));
	});

	test('is let through to the test of a credential and to lists', async () => {
		await expectTestsAndLists(n8n, prepared());
	});
});
