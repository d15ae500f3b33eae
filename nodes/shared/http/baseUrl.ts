import { isSafeAddress } from '../model/address';
import { Failure } from '../model/failure';

function refuse(why: string, advice: string): Failure {
	return new Failure('invalidInput', { summary: `'Base URL' in the credential ${why}`, advice });
}

/**
 * The address that all requests of a run go to, without trailing slashes, its path kept.
 *
 * Keys travel over it, so it must be `https`, unless the host is this machine or the credential
 * allows plain http. A user name, a query or a fragment in it would end up in every request.
 *
 * @throws Failure `invalidInput`
 */
export function normalizeBaseUrl(value: unknown, allowHttp: boolean): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw refuse('is empty', 'Enter the address of the service.');
	if (!URL.canParse(text)) {
		throw refuse('is not a URL', 'Enter a full address that starts with https://.');
	}

	const url = new URL(text);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw refuse('is not a web address', 'Enter a full address that starts with https://.');
	}
	if (!isSafeAddress(url, allowHttp)) {
		throw refuse(
			'is not encrypted',
			"Use an address that starts with https://, or turn on 'Allow Unencrypted HTTP' in the credential.",
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw refuse(
			'contains more than a host and a path',
			'Remove the user name, and everything from a ? or # on.',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
