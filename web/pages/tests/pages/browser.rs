//! A browser before a real instance: it signs in, fills in forms, and holds a second factor.

use axum::http::StatusCode;
use mc_account::Secret;
use mc_base::Instant;

use crate::site::{Answer, CODE, Site, fill_in, noon};

pub const PASSWORD: &str = "chè shan tuyết Suối Giàng";
pub const PEOPLE: &str = "/quan-tri/nguoi-dung";
pub const SETUP: &str = "/tai-khoan/ma-xac-nhan";
pub const ADD: &str = "/quan-tri/nguoi-dung/them";

/// A browser: the cookies that it holds.
pub struct Browser<'s> {
    site: &'s Site,
    pub cookies: Vec<(String, String)>,
}

impl<'s> Browser<'s> {
    pub fn new(site: &'s Site) -> Self {
        Self { site, cookies: Vec::new() }
    }

    pub fn cookie(&self) -> String {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.join("; ")
    }

    pub fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = cookie.split_once('=').expect("a name");
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    pub fn get(&mut self, address: &str) -> Answer {
        let answer = self.site.get_with(address, &[("cookie", &self.cookie())]);
        self.keep(&answer);
        answer
    }

    pub fn post(&mut self, address: &str, fields: &[(String, String)]) -> Answer {
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", &self.cookie())];
        let answer = self.site.post_from(address, fields, &headers);
        self.keep(&answer);
        answer
    }

    /// Fills in the form of a page and sends it there.
    pub fn fill(&mut self, address: &str, values: &[(&str, &str)]) -> Answer {
        let form = fill_in(self.get(address).form(), values);
        self.post(address, &form)
    }

    pub fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.post("/vao", &fields(&[("ten", name), ("mat-khau", password), ("toi", "/so")]))
    }

    /// Sets the second factor up; what the device holds, and the recovery codes.
    pub fn set_up(&mut self, password: &str) -> (Secret, Vec<String>) {
        let page = self.get(SETUP);
        let form = page.form();
        let secret = form.iter().find(|(name, _)| name == "bi-mat").expect("a secret").1.clone();
        let secret = Secret::parse(&secret).expect("base32");
        assert!(page.text.contains(&secret.groups()), "to be typed");
        let typed = [("ma-xac-nhan", &*code(&secret, 0)), ("hien-tai", password)];
        let answer = self.post(SETUP, &fill_in(form, &typed));
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let words = answer.text.split(['<', '>']);
        let codes = words.filter(|word| word.len() == 24 && word.matches('-').count() == 4);
        (secret, codes.map(str::to_owned).collect())
    }

    pub fn change(&mut self, current: &str, new: &str) -> Answer {
        let typed = [("hien-tai", current), ("moi", new), ("nhap-lai", new)];
        self.fill("/tai-khoan/mat-khau", &typed)
    }
}

/// An officer who has signed in with the slip and set another password.
pub fn officer<'s>(site: &'s Site, boss: &mut Browser<'_>, name: &str, role: &str) -> Browser<'s> {
    let first = opened(boss, name, role);
    let mut officer = Browser::new(site);
    officer.sign_in(name, &first);
    officer.change(&first, PASSWORD);
    officer
}

/// The code that a device shows some seconds from the noon of the stories.
pub fn code(secret: &Secret, seconds: i64) -> String {
    secret.code_at(Instant(noon().0 + seconds * 1_000)).expect("a code")
}

pub fn fields(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The first password on a slip.
pub fn slip(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let words: Vec<&str> = answer.text.split(['<', '>']).collect();
    let made = words.into_iter().find(|word| word.len() == 19 && word.matches('-').count() == 3);
    made.expect("a slip").to_owned()
}

pub const ADMINISTRATOR: [(&str, &str); 3] =
    [("f-account", "Quan.Ly"), ("f-name", "Trần Thị Kín Tiếng"), ("f-agency", "so-thu")];

/// The administrator, opened by the code, with a password and a second factor of one's own.
pub fn administrator(site: &Site) -> Browser<'_> {
    let mut browser = newcomer(site);
    browser.set_up(PASSWORD);
    browser
}

/// The administrator, without a second factor.
pub fn newcomer(site: &Site) -> Browser<'_> {
    let mut browser = Browser::new(site);
    let inside = browser.post("/vao", &fields(&[("ma", CODE), ("toi", "/")]));
    assert_eq!(inside.header("location"), ADD, "the code leads to the first account");
    let first = slip(&browser.fill(ADD, &ADMINISTRATOR));
    assert_eq!(browser.get("/so").header("location"), "/vao?toi=%2Fso", "the session of the code has ended");
    let on = browser.sign_in("quan.ly", &first);
    assert_eq!(on.header("location"), "/tai-khoan/mat-khau", "{}", on.text);
    assert_eq!(browser.get("/so").header("location"), "/tai-khoan/mat-khau", "nothing else before");
    let changed = browser.change(&first, PASSWORD);
    assert_eq!(
        (changed.status, changed.header("location")),
        (StatusCode::SEE_OTHER, "/"),
        "{}",
        changed.text
    );
    browser
}

/// Opens an account; its slip.
pub fn opened(administrator: &mut Browser<'_>, name: &str, role: &str) -> String {
    let typed = [("f-account", name), ("f-name", "Lò Văn Kín"), ("f-agency", "so-thu"), ("f-role", role)];
    slip(&administrator.fill(ADD, &typed))
}
