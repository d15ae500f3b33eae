/**
 * Loaded before n8n: ends it when the process that started it is gone, even if that was killed. At
 * once and with its task runner: in an orderly shutdown its messages reach nobody, and it gets stuck.
 */
const leader = process.platform === 'win32' ? process.pid : -process.pid;
process.once('disconnect', () => process.kill(leader, 'SIGKILL'));
// Listening must not keep n8n running when it is done. Its worker threads have no channel.
process.channel?.unref();
