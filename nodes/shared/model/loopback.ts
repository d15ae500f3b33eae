/**
 * Host names of this machine, as `URL` normalizes them: traffic to them never leaves it. The text of
 * a regular expression, because a credential's address is also checked in an n8n expression.
 */
export const LOOPBACK_PATTERN = '(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])';
