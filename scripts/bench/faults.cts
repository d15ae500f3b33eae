import type { Fault } from '../../test/simulators/faults.cts';
import { chance } from '../../test/simulators/weather.cts';

const UNAVAILABLE = 0.05;
const CUT = 0.02;

/**
 * The fault that a request meets, if any: 5 % are answered with 503, and of 2 % the connection is
 * cut, half of them before and half after the account was deactivated. It depends on the account and
 * on how often it was asked for before, never on the order of arrival: all sides meet the same.
 */
export function faultAt(seed: number, email: string, nth: number): Fault | undefined {
	const drawn = chance(`${seed} ${nth} ${email}`);
	if (drawn < UNAVAILABLE) return { kind: 'status', status: 503 };
	if (drawn < UNAVAILABLE + CUT / 2) return { kind: 'cutBefore' };
	if (drawn < UNAVAILABLE + CUT) return { kind: 'cutAfter' };
	return undefined;
}
