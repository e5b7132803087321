//! The words of the page, in each of its languages. A term that one of them lacks does not compile.

use chrono::{Datelike as _, NaiveDate};
use clap::ValueEnum;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageLanguage {
    /// English.
    En,
    /// French.
    Fr,
    /// Arabic, from right to left.
    Ar,
}

/// The page's words in one language.
pub(super) struct Terms {
    /// The language's tag (BCP 47).
    pub(super) tag: &'static str,
    /// `ltr`, or `rtl`.
    pub(super) direction: &'static str,
    months: [&'static str; 12],
    /// What stands between a name and what it names.
    pub(super) colon: &'static str,
    /// What the first day of a month is called, if not by its number.
    first: &'static str,
    pub(super) as_of: &'static str,
    pub(super) known_at: &'static str,
    pub(super) for_reader: &'static str,
    pub(super) founded_on: &'static str,
    pub(super) status: &'static str,
    pub(super) nature: &'static str,
    pub(super) parties: &'static str,
    pub(super) areas: &'static str,
    pub(super) area: &'static str,
    pub(super) in_force: &'static str,
    pub(super) other_agreements: &'static str,
    pub(super) sessions: &'static str,
    pub(super) no_body: &'static str,
    pub(super) last: &'static str,
    pub(super) next: &'static str,
    pub(super) roadmap: &'static str,
    pub(super) actions: &'static str,
    pub(super) done: &'static str,
    pub(super) running: &'static str,
    pub(super) late: &'static str,
    pub(super) moved: &'static str,
    pub(super) due: &'static str,
    pub(super) requests: &'static str,
    pub(super) received: &'static str,
    pub(super) answered: &'static str,
    pub(super) in_time: &'static str,
    pub(super) overdue: &'static str,
    pub(super) withheld: &'static str,
    pub(super) procedures: &'static str,
    pub(super) applied: &'static str,
    pub(super) open_cases: &'static str,
    pub(super) figures: &'static str,
    pub(super) indicators: &'static str,
    pub(super) open_discrepancies: &'static str,
    pub(super) since: &'static str,
    pub(super) new: &'static str,
    pub(super) ended: &'static str,
    pub(super) changed: &'static str,
    pub(super) waiting: &'static str,
    pub(super) unfollowed: &'static str,
    pub(super) none: &'static str,
    pub(super) more: &'static str,
    pub(super) footer: &'static str,
    words: &'static [(&'static str, &'static str)],
}

impl Terms {
    pub(super) fn of(language: PageLanguage) -> &'static Self {
        match language {
            PageLanguage::En => &ENGLISH,
            PageLanguage::Fr => &FRENCH,
            PageLanguage::Ar => &ARABIC,
        }
    }

    /// A day as it is written out.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let month = usize::try_from(day.month0()).unwrap_or_default();
        let month = self.months.get(month).copied().unwrap_or_default();
        let number = match day.day() {
            1 if !self.first.is_empty() => self.first.to_owned(),
            number => number.to_string(),
        };
        format!("{number} {month} {}", day.year())
    }

    /// A word of a list, such as the kind of an entry or the state of an agreement.
    pub(super) fn word<'a>(&self, word: &'a str) -> &'a str {
        let known = self.words.iter().find(|(name, _)| *name == word);
        known.map_or(word, |(_, says)| says)
    }
}

const ENGLISH: Terms = Terms {
    tag: "en",
    direction: "ltr",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    colon: ": ",
    first: "",
    as_of: "As of",
    known_at: "as known at",
    for_reader: "for",
    founded_on: "Founded on",
    status: "Status",
    nature: "Nature",
    parties: "Parties",
    areas: "Areas and agreements",
    area: "Area",
    in_force: "In force",
    other_agreements: "Other agreements",
    sessions: "Sessions",
    no_body: "Other meetings",
    last: "Last",
    next: "Next",
    roadmap: "Roadmap",
    actions: "actions",
    done: "done",
    running: "running",
    late: "late",
    moved: "moved",
    due: "due",
    requests: "Exchange of information",
    received: "requests received",
    answered: "answered",
    in_time: "in time",
    overdue: "overdue",
    withheld: "withheld",
    procedures: "Common procedures",
    applied: "in force",
    open_cases: "cases open",
    figures: "Common figures",
    indicators: "indicators",
    open_discrepancies: "open discrepancies",
    since: "Since the last session",
    new: "New",
    ended: "Ended",
    changed: "Changed",
    waiting: "Who is waited for",
    unfollowed: "Agreed, and not yet taken up",
    none: "none",
    more: "more",
    footer: "Worked out from the record of events. What was recorded later is not in it.",
    words: &[
        ("action", "action"),
        ("agreement", "agreement"),
        ("area", "area"),
        ("body", "body"),
        ("case", "case"),
        ("decision", "decision"),
        ("discrepancy", "discrepancy"),
        ("exchange", "exchange of information"),
        ("framework", "framework"),
        ("indicator", "indicator"),
        ("item", "agreed item"),
        ("meeting", "meeting"),
        ("milestone", "milestone"),
        ("sub_body", "sub-body"),
        ("target", "target"),
        ("mission", "mission"),
        ("organ", "organ"),
        ("package", "revision round"),
        ("procedure", "procedure"),
        ("referral", "referral"),
        ("request", "request"),
        ("result", "result"),
        ("roadmap", "roadmap"),
        ("status_proposed", "proposed"),
        ("status_adopted", "adopted"),
        ("status_suspended", "suspended"),
        ("status_ended", "ended"),
        ("nature_declaration", "declaration: it binds nobody"),
        (
            "nature_arrangement",
            "arrangement: it takes effect between the ministries, and binds no State",
        ),
        (
            "nature_treaty",
            "treaty: it binds as its own consents and entry into force say",
        ),
        ("not_in_force", "not in force"),
        ("not_foreseen", "without entry into force"),
        ("to_be_in_force", "in force from"),
        ("provisional", "applied provisionally since"),
        ("in_force", "in force since"),
        ("suspended", "suspended since"),
        ("ended", "ended on"),
        ("never", "given up"),
    ],
};

const FRENCH: Terms = Terms {
    tag: "fr",
    direction: "ltr",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    colon: " : ",
    first: "1er",
    as_of: "Au",
    known_at: "selon ce qui était connu au",
    for_reader: "pour",
    founded_on: "Fondé sur",
    status: "Situation",
    nature: "Nature",
    parties: "Parties",
    areas: "Domaines et accords",
    area: "Domaine",
    in_force: "En vigueur",
    other_agreements: "Autres accords",
    sessions: "Réunions",
    no_body: "Autres réunions",
    last: "Dernière",
    next: "Prochaine",
    roadmap: "Feuille de route",
    actions: "actions",
    done: "achevées",
    running: "en cours",
    late: "en retard",
    moved: "reportées",
    due: "échéance",
    requests: "Échange d’informations",
    received: "demandes reçues",
    answered: "réponses",
    in_time: "dans les délais",
    overdue: "délai dépassé",
    withheld: "non communiquées",
    procedures: "Procédures communes",
    applied: "en vigueur",
    open_cases: "dossiers en cours",
    figures: "Chiffres communs",
    indicators: "indicateurs",
    open_discrepancies: "écarts ouverts",
    since: "Depuis la dernière réunion",
    new: "Nouveau",
    ended: "Terminé",
    changed: "Modifié",
    waiting: "Qui est attendu",
    unfollowed: "Convenu, sans suite à ce jour",
    none: "aucun",
    more: "de plus",
    footer: "Établi à partir du registre des événements ; ce qui a été enregistré plus tard n’y figure pas.",
    words: &[
        ("action", "action"),
        ("agreement", "accord"),
        ("area", "domaine"),
        ("body", "instance"),
        ("case", "dossier"),
        ("decision", "décision"),
        ("discrepancy", "écart"),
        ("exchange", "échange d’informations"),
        ("framework", "cadre"),
        ("indicator", "indicateur"),
        ("item", "point convenu"),
        ("meeting", "réunion"),
        ("milestone", "jalon"),
        ("sub_body", "sous-instance"),
        ("target", "cible"),
        ("mission", "mission"),
        ("organ", "organe"),
        ("package", "cycle de révision"),
        ("procedure", "procédure"),
        ("referral", "saisine"),
        ("request", "demande"),
        ("result", "résultat"),
        ("roadmap", "feuille de route"),
        ("status_proposed", "proposé"),
        ("status_adopted", "adopté"),
        ("status_suspended", "suspendu"),
        ("status_ended", "terminé"),
        ("nature_declaration", "déclaration : elle ne lie personne"),
        (
            "nature_arrangement",
            "arrangement : il prend effet entre les ministères et ne lie aucun État",
        ),
        (
            "nature_treaty",
            "traité : il lie selon ses consentements et son entrée en vigueur",
        ),
        ("not_in_force", "pas en vigueur"),
        ("not_foreseen", "sans entrée en vigueur"),
        ("to_be_in_force", "en vigueur à partir du"),
        ("provisional", "appliqué à titre provisoire depuis le"),
        ("in_force", "en vigueur depuis le"),
        ("suspended", "suspendu depuis le"),
        ("ended", "terminé le"),
        ("never", "abandonné"),
    ],
};

/// The names of the months are those of CLDR for Morocco (`ar-MA`).
const ARABIC: Terms = Terms {
    tag: "ar",
    direction: "rtl",
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
    colon: ": ",
    first: "",
    as_of: "في",
    known_at: "حسب ما كان معلوما في",
    for_reader: "لـ",
    founded_on: "أساسه",
    status: "الوضع",
    nature: "الطبيعة",
    parties: "الأطراف",
    areas: "المجالات والاتفاقات",
    area: "المجال",
    in_force: "سارية المفعول",
    other_agreements: "اتفاقات أخرى",
    sessions: "الاجتماعات",
    no_body: "اجتماعات أخرى",
    last: "الأخير",
    next: "المقبل",
    roadmap: "خارطة الطريق",
    actions: "إجراءات",
    done: "منجزة",
    running: "جارية",
    late: "متأخرة",
    moved: "مؤجلة",
    due: "الأجل",
    requests: "تبادل المعلومات",
    received: "طلبات واردة",
    answered: "ردود",
    in_time: "داخل الأجل",
    overdue: "خارج الأجل",
    withheld: "محجوبة",
    procedures: "المساطر المشتركة",
    applied: "سارية",
    open_cases: "ملفات جارية",
    figures: "الأرقام المشتركة",
    indicators: "مؤشرات",
    open_discrepancies: "فوارق مفتوحة",
    since: "منذ الاجتماع الأخير",
    new: "جديد",
    ended: "منته",
    changed: "معدل",
    waiting: "من ينتظر منه الرد",
    unfollowed: "متفق عليه دون متابعة بعد",
    none: "لا شيء",
    more: "أخرى",
    footer: "مستخرج من سجل الأحداث؛ ولا يتضمن ما سجل لاحقا.",
    words: &[
        ("action", "إجراء"),
        ("agreement", "اتفاق"),
        ("area", "مجال"),
        ("body", "هيئة"),
        ("case", "ملف"),
        ("decision", "قرار"),
        ("discrepancy", "فارق"),
        ("exchange", "تبادل المعلومات"),
        ("framework", "إطار"),
        ("indicator", "مؤشر"),
        ("item", "نقطة متفق عليها"),
        ("meeting", "اجتماع"),
        ("milestone", "مرحلة"),
        ("sub_body", "هيئة فرعية"),
        ("target", "هدف"),
        ("mission", "بعثة"),
        ("organ", "جهاز"),
        ("package", "جولة مراجعة"),
        ("procedure", "مسطرة"),
        ("referral", "إحالة"),
        ("request", "طلب"),
        ("result", "نتيجة"),
        ("roadmap", "خارطة طريق"),
        ("status_proposed", "مقترح"),
        ("status_adopted", "معتمد"),
        ("status_suspended", "معلق"),
        ("status_ended", "منته"),
        ("nature_declaration", "إعلان: لا يلزم أحدا"),
        (
            "nature_arrangement",
            "ترتيب: يسري بين الوزارتين ولا يلزم أي دولة",
        ),
        (
            "nature_treaty",
            "معاهدة: تلزم وفق الموافقات عليها ودخولها حيز النفاذ",
        ),
        ("not_in_force", "غير سار"),
        ("not_foreseen", "دون دخول حيز النفاذ"),
        ("to_be_in_force", "سار ابتداء من"),
        ("provisional", "مطبق مؤقتا منذ"),
        ("in_force", "سار منذ"),
        ("suspended", "معلق منذ"),
        ("ended", "انتهى في"),
        ("never", "تم التخلي عنه"),
    ],
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_the_same_words() {
        let words = |language| {
            let words = Terms::of(language).words.iter();
            words.map(|(word, _)| *word).collect::<BTreeSet<_>>()
        };
        for language in PageLanguage::value_variants() {
            assert_eq!(words(*language), words(PageLanguage::En));
            let count = Terms::of(*language).words.len();
            assert_eq!(count, words(*language).len(), "a word twice");
        }
    }

    #[test]
    fn days_are_written_out() {
        let day = NaiveDate::from_ymd_opt(2025, 5, 1).expect("a day");
        for (language, says) in [
            (PageLanguage::En, "1 May 2025"),
            (PageLanguage::Fr, "1er mai 2025"),
            (PageLanguage::Ar, "1 ماي 2025"),
        ] {
            assert_eq!(Terms::of(language).day(day), says);
        }
    }
}
