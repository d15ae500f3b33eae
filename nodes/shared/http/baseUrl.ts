import { Failure } from '../model/failure';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function refuse(why: string, advice: string): Failure {
	return new Failure('invalidInput', { summary: `'Base URL' in the credential ${why}`, advice });
}

/**
 * The address that all requests of a run go to, without trailing slashes, its path kept.
 *
 * Keys travel over it, so it must be `https`, unless the host is this machine or the credential
 * says that plain http is wanted. A user name, a query or a fragment in it is a slip that would
 * end up in every request.
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
	if (url.protocol === 'http:' && !allowHttp && !LOOPBACK.test(url.hostname)) {
		throw refuse(
			'is not encrypted',
			"Use an address that starts with https://, or turn on 'Allow Unencrypted HTTP' in the credential.",
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw refuse(
			'has more than host and path',
			'Remove the user name, everything from a ? on and everything from a # on.',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
