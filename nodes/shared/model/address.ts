/** Host names of this machine, as `URL` normalizes them: traffic to them never leaves it. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether secrets can be sent to an address: it is encrypted, or on this machine, or plain http is
 * wanted.
 */
export function isSafeAddress(address: string | URL, allowHttp: boolean): boolean {
	if (!URL.canParse(String(address))) return false;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' || (protocol === 'http:' && (allowHttp || LOOPBACK.test(hostname)));
}
