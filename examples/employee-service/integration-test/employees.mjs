// Run against the dev stage after its rollout: the API answers where callers will look for it.
const url = `${process.env.BASE_URL}/employees`;
const response = await fetch(url);
console.log(`GET ${url} → ${response.status}`);
if (response.status !== 200) {
  console.log(`::error title=Integration test::GET ${url} answered ${response.status}, expected 200`);
  process.exit(1);
}
