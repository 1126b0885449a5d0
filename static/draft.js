/* Drafts that survive. A form with data-draft="<person>" and a hidden field "seen" saves itself two seconds after the
   last keystroke: it is posted to its own address with action=autosave, without files, and answered in JSON:
     200 {seen, at, wrong}   saved; seen is the revision the next saving starts from, wrong the fields not taken
     409 {why, mine, seen}   somebody was faster; the page stops saving by itself and keeps what was typed
   Until the server has it, what was typed is kept in this browser under the person and the address: after a lost
   connection, a lost session or a closed window the next visit of the same person takes or offers it.
   Without this file the buttons of the form do what they always did. */
(function () {
  "use strict";
  const IDLE = 2000, WRITE = 300, AGAIN = 15000, PATIENCE = 20000;
  const KEPT_DAYS = 14, CARRIED = 50000; // a browser carries at most 64 kB out of a page that closes

  /* --- what this browser keeps ---------------------------------------------------------------- */

  const shelf = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(key, entry) {
      try { localStorage.setItem(key, JSON.stringify(entry)); return true; } catch { return false; }
    },
    remove(key) {
      try { localStorage.removeItem(key); } catch { /* nothing was kept either */ }
    },
    keys(start) {
      try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; }
    },
    sweep() {
      const oldest = Date.now() - KEPT_DAYS * 86400000;
      this.keys("draft:").forEach((key) => { if (!(this.read(key)?.at > oldest)) this.remove(key); });
    },
  };

  /* --- what stands in a form ------------------------------------------------------------------ */

  function written(field) {
    const idle = ["hidden", "file", "password", "submit", "button", "reset"];
    return field.name && !idle.includes(field.type) && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET";
  }

  function key(field) {
    return field.type === "radio" || field.type === "checkbox" ? field.name + "=" + field.value : field.name;
  }

  function value(field, asServed) {
    if (field.type === "radio" || field.type === "checkbox") return asServed ? field.defaultChecked : field.checked;
    if (field.tagName !== "SELECT") return asServed ? field.defaultValue : field.value;
    const options = Array.from(field.options);
    const chosen = options.filter((each) => (asServed ? each.defaultSelected : each.selected));
    return (chosen.length || field.multiple ? chosen : options.slice(0, 1)).map((each) => each.value).join("\n");
  }

  function put(field, what) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = what;
    else if (field.tagName !== "SELECT") field.value = what;
    else Array.from(field.options).forEach((each) => { each.selected = what.split("\n").includes(each.value); });
  }

  function read(form, asServed = false) {
    const fields = Array.from(form.elements).filter(written);
    return Object.fromEntries(fields.map((field) => [key(field), value(field, asServed)]));
  }

  function same(kept, page) {
    return Object.entries(kept).every(([name, what]) => (page[name] ?? "") === what || (!what && !page[name]));
  }

  /* --- when ------------------------------------------------------------------------------------ */

  function clock(at) {
    const then = new Date(at), time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const day = then.toDateString() === new Date().toDateString() ? {} : { month: "long", day: "numeric" };
    return then.toLocaleString(document.documentElement.lang, { ...day, ...time });
  }

  /* --- one form -------------------------------------------------------------------------------- */

  class Draft {
    constructor(form) {
      this.form = form;
      this.seen = form.querySelector("[name=seen]");
      this.line = form.querySelector("[data-draft-state]");
      this.bar = form.querySelector("[data-draft-offer]");
      this.key = "draft:" + form.dataset.draft + ":" + location.pathname;
      this.aside = this.key + " aside"; // what is offered, while something new is typed
      this.saved = read(form, true); // what the server has
      this.stopped = "clashed" in form.dataset;
      this.partly = "typed" in form.dataset; // what stands here is not what the server has
      this.unanswered = this.leaving = false;
      this.sending = null;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("change", () => this.changed());
      form.addEventListener("submit", (event) => this.submitted(event));
      this.bar.querySelector("[data-take]").addEventListener("click", () => this.take());
      this.bar.querySelector("[data-discard]").addEventListener("click", () => this.discard());
      document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.hidden(); });
      window.addEventListener("pagehide", () => this.hidden());
      window.addEventListener("online", () => this.send());
      this.welcome();
    }

    get revision() { return this.seen.value; }
    get dirty() { return !same(read(this.form), this.saved); }

    /* What an earlier visit left: taken when nobody saved since, offered when somebody did. */
    welcome() {
      if (this.partly) {
        shelf.remove(this.aside);
        this.changed();
        return;
      }
      const entries = [shelf.read(this.key), shelf.read(this.aside)].filter(Boolean);
      shelf.remove(this.key);
      shelf.remove(this.aside);
      this.entry = entries.find((each) => !same(each.fields, this.saved));
      if (this.entry) {
        shelf.write(this.aside, this.entry);
        if (this.entry.revision === this.revision) this.take();
        else this.show("offer", true);
      }
      if (this.dirty) this.changed(); // the browser itself put typed text back
    }

    show(what, choice) {
      this.bar.hidden = false;
      this.bar.querySelector("span").textContent = this.bar.dataset[what].replace("{at}", clock(this.entry.at));
      this.bar.querySelector("[data-take]").hidden = !choice;
    }

    take() {
      this.before = read(this.form);
      this.fill(this.entry.fields);
      this.unanswered = this.entry.sent;
      this.show("taken", false);
      shelf.remove(this.aside);
      this.changed();
    }

    discard() {
      if (this.before) this.fill(this.before);
      this.before = this.entry = null;
      this.bar.hidden = true;
      shelf.remove(this.aside);
      this.changed();
    }

    fill(fields) {
      for (const name of Object.keys(fields)) this.room(name);
      Array.from(this.form.elements).filter(written).forEach((field) => {
        if (key(field) in fields) put(field, fields[key(field)]);
      });
    }

    /* A row that was typed and is not on the page is added, where the form can. */
    room(name) {
      const [, rows, number] = /^(\w+)-(\d+)-/.exec(name) || [];
      const more = rows && this.form.querySelector('[data-add="' + rows + '"]');
      while (more && !more.disabled && !this.form.querySelector('[name^="' + rows + "-" + number + '-"]')) more.click();
    }

    /* --- keeping and sending ------------------------------------------------------------------- */

    changed() {
      clearTimeout(this.writing);
      clearTimeout(this.idling);
      this.writing = setTimeout(() => this.keep(), WRITE);
      if (!this.stopped) this.idling = setTimeout(() => this.send(), IDLE);
    }

    /* "sent" says that it is on its way while the page closes: it may arrive and nobody hears the answer. */
    keep(sent = false) {
      clearTimeout(this.writing);
      if (!this.dirty && !this.partly) {
        shelf.remove(this.key);
        return true;
      }
      return shelf.write(this.key, { at: Date.now(), revision: this.revision, sent, fields: read(this.form) });
    }

    hidden() {
      if (!this.leaving) this.keep(Boolean(this.send(true)));
    }

    send(closing = false) {
      clearTimeout(this.idling);
      if (this.stopped || this.sending || !(this.dirty || this.partly)) return this.sending;
      const body = this.body(), fields = read(this.form);
      if (closing && JSON.stringify(fields).length * 3 > CARRIED) return null;
      const asked = { method: "POST", body, redirect: "manual", keepalive: closing, headers: { Accept: "application/json" } };
      if (!closing) asked.signal = AbortSignal.timeout(PATIENCE);
      this.sending = fetch(this.form.getAttribute("action") || location.href, asked)
        .then((answer) => this.answered(answer, fields))
        .catch(() => this.unreached())
        .finally(() => { this.sending = null; });
      return this.sending;
    }

    body() {
      const body = new FormData(this.form);
      for (const [name, what] of Array.from(body)) if (typeof what !== "string") body.delete(name);
      body.set("action", "autosave");
      return body;
    }

    async answered(answer, fields) {
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 401) return this.say("out");
      if (answer.status >= 500) return this.unreached();
      const said = await answer.json();
      if (answer.status === 409) return this.clash(said);
      if (!answer.ok) return this.say(null, said.why);
      this.took(said, fields);
    }

    took(said, fields) {
      this.unanswered = false;
      this.saved = fields;
      this.seen.value = said.seen;
      this.partly = Object.keys(said.wrong).length > 0;
      this.line.textContent = this.line.dataset[this.partly ? "partly" : "saved"].replace("{at}", said.at);
      this.keep();
      this.form.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true, detail: { said, fields } }));
      if (this.dirty) this.changed();
    }

    /* Our own saving whose answer was lost is no clash: it is exactly one revision further and ours. */
    clash(said) {
      if (this.unanswered && said.mine && said.seen === Number(this.revision) + 1) {
        this.unanswered = false;
        this.seen.value = said.seen;
        this.idling = setTimeout(() => this.send(), 0);
        return;
      }
      this.stopped = true;
      this.say("stopped", said.why);
      this.form.dispatchEvent(new CustomEvent("draft:stopped", { detail: said }));
    }

    unreached() {
      this.unanswered = true;
      this.say("offline");
      clearTimeout(this.idling);
      this.idling = setTimeout(() => this.send(), AGAIN);
    }

    say(what, why = "") {
      const words = this.line.dataset;
      const parts = [why, what ? words[what] : "", this.keep() ? words.kept : words.lost];
      this.line.textContent = parts.filter(Boolean).join(" ");
    }

    /* The person presses a button: what is on its way arrives first, or the page would be older than its own draft. */
    submitted(event) {
      clearTimeout(this.idling);
      if (!this.sending) {
        this.keep();
        this.leaving = true;
        return;
      }
      event.preventDefault();
      this.sending.finally(() => this.form.requestSubmit(event.submitter));
    }
  }

  /* --- leaving on purpose ---------------------------------------------------------------------- */

  const drafts = [];

  /* Who signs out leaves nothing behind on a shared computer, but is asked before something would be lost. */
  async function signOut(event) {
    const form = event.target, mine = "draft:" + form.dataset.draftLeave + ":";
    if (form.dataset.asked || (!drafts.length && !shelf.keys(mine).length)) return;
    event.preventDefault();
    await Promise.all(drafts.map((draft) => (draft.keep(), draft.sending || draft.send())));
    if (shelf.keys(mine).length && !confirm(form.dataset.warning)) return;
    shelf.keys(mine).forEach((each) => shelf.remove(each));
    drafts.forEach((draft) => { draft.leaving = true; });
    form.dataset.asked = "yes";
    // not from within the event: a form that is just being submitted ignores a second submission
    setTimeout(() => form.requestSubmit(event.submitter));
  }

  shelf.sweep();
  document.querySelectorAll("form[data-draft]").forEach((form) => drafts.push(new Draft(form)));
  document.querySelectorAll("form[data-draft-leave]").forEach((form) => form.addEventListener("submit", signOut));
  window.addEventListener("pageshow", (event) => { if (event.persisted && drafts.length) location.reload(); });
})();
