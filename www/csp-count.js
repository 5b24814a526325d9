// Counts what the content security policy refused, from inside the page: a debugger's own scripts bypass the policy.
// It is loaded before everything else, so nothing can happen unseen.
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(`${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
});
