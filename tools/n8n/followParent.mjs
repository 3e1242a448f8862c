// Loaded into n8n's process before n8n itself: when the tool that started it is gone, however it
// ended, n8n stops too.
const GRACE_MS = 10_000;

process.on('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(() => process.exit(1), GRACE_MS).unref();
});
