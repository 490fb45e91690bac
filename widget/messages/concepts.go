package messages

// Most of what people type isn't a phrase of a message but a few of its ideas, in
// words of their own: "no room left in my cloud". So the sets that follow from an
// idea are written once for all languages, as letters of concepts, and each
// language has the words for a concept only once.

// rules has a line for each of the ids, in order, with sets of concepts separated
// by "|". A concept behind "!" must be missing from the sentence, and one
// behind "+" be near the first.
const rules = "" +
	// newer-ios-backup
	"bFP\n" +
	// poor-network
	"bAB|bAx!T|bAq!T|n+cbA!T|bAL!T|bCB\n" +
	// other-device-restoring
	"Epr\n" +
	// restore-unfinished
	"n+cr|rq\n" +
	// restore-paused
	"rD\n" +
	// being-restored
	"\n" +
	// device-space
	"hpsz!i|n+ehps!i|pfb!i\n" +
	// some-files-unavailable
	"l+vn|n+bl\n" +
	// additional-space-needed
	"gmb\n" +
	// not-enough-icloud-storage
	"n+esi|isz|n+esb!Q|bsz!Q\n" +
	// storage-details-unavailable
	"\n" +
	// icloud-storage-full
	"if\n" +
	// airplane-mode
	"\n" +
	// internet-required
	"\n" +
	// wifi-required
	"Cyb\n" +
	// verified-email
	"\n" +
	// verify-password
	"HGb\n" +
	// account-access
	"\n" +
	// new-terms
	"IJi\n" +
	// verification-failed
	"Hx!b\n" +
	// cannot-delete-backup
	"n+db\n" +
	// cannot-turn-off-backup
	"\n" +
	// cellular-question
	"\n" +
	// late-backup
	"n+bw!c\n" +
	// never-backed-up
	"abO!c|Obp!c!k\n" +
	// will-occur-later
	"\n" +
	// backup-off
	"ibo!S\n" +
	// backup-not-supported
	"\n" +
	// problem-enabling
	"LKb|n+Kb\n" +
	// cannot-connect-icloud
	"n+Mi|xMi\n" +
	// estimating
	"bOc!a|n+cbu|bqu|bt|bj|tu\n" +
	// last-backup-not-completed
	"bq|n+cb|abOc\n" +
	// backup-failed
	"bx|n+kb!U\n"

// concepts has the words of each concept: in the first line those that are the same
// in all languages, then a line for each language. A word of five letters or more
// is also found within a longer one, so it may be a stem. es has the words of
// es-419, too. The concepts are:
//
//	a last; b backup; c complete; d delete; e enough; f full; g gigabytes;
//	h on, before a device; i iCloud; j forever; k work, make; l files; m more, needed;
//	n not; o is off; p device; q incomplete; r restore; s space; t stuck; u minutes;
//	v available; w weeks; x failed; y must; z too little; A network; B bad; C Wi-Fi;
//	D paused; E other; F newer; G password; H verify; I terms; J accept; K turn on;
//	L problem; M connect; O never; P iOS; Q computer; S how to; T good, although;
//	U want
const concepts = "" +
	"=b:backup|g:gb,mb,go,g|i:icloud,cloud|p:iphone|C:wifi|P:ios|Q:itunes,mac,pc,finder,computer|S:how,wie,comment,como,come,hoe,как,nasil,jak|U:want,veux,quiero,voglio,quero,хочу,istemiyorum\n" +
	"en=a:last,previous,latest|b:backing,backed|c:complete,finish|d:delete,remove|e:enough,sufficient|f:full,maxed|h:on,this,itself|j:forever,ages,endless|k:work,works,working,make,start|l:files|m:need,needs,needed,another,additional,required,extra|n:not,no,unable|o:disabled|p:phone,device|q:incomplete,unfinished,interrupted|r:restore,restoring|s:storage,space,room|t:stuck,frozen,hangs,stalled|u:minute,hour,hours,percent|v:available,saved|w:weeks,days,months|x:failed,fails,failing,failure,error,stopped|y:needs,must,requires,required|z:insufficient,low|A:network,connection,internet,signal|B:bad,poor,weak,slow,unstable|D:paused|E:another,other|F:newer|G:password|H:verify,confirm,verification|I:terms,conditions|J:accept,agree,new,updated|K:enable,enabling,activate,turning|L:problem,issue,trouble,error|M:connect,reach|O:never|T:fine,good,fast,although,though,despite\n" +
	"de=a:letzte,vorige|b:gesichert,sichern,sichert|c:abgeschlossen,abschliessen,beendet,fertig|d:loschen,geloscht|e:genug,genugend,ausreichend,reicht,reichen|f:voll|h:auf,diesem|j:ewig,unendlich|k:geht,klappt,funktioniert,machen,macht,erstellen,moglich,mehr|l:dateien|m:benotigt,erforderlich,brauche,fehlen|n:nicht,kein,keine,nie,ohne|o:ausgeschaltet,deaktiviert|p:gerat,handy|q:unvollstandig,abgebrochen,unterbrochen|r:wiederherstell,wiederherge|s:speicher,platz|t:hangt,hangen,steckt|u:minute,stunde,prozent|v:verfugbar|w:woche,tage,tagen,monate|x:fehlgeschlagen,fehler,schlagt,schlug,scheitert|y:benotigt,muss|z:wenig,fehlt|A:netzwerk,verbindung,internet,netz|B:schlecht,schwach,langsam|D:pausiert,angehalten,unterbrochen|E:anderes,anderen|F:neuere|G:passwort|H:bestatig,verifizier,uberpruf|I:bedingungen|J:akzeptier,zustimm,neue,neuen|K:aktivieren,einschalten,anschalten|L:problem,fehler|M:verbinden,verbindung,erreich|O:niemals|T:gut,schnell,obwohl,trotz\n" +
	"fr=a:derniere|b:sauvegard,sauvegarde|c:achev,termin,effectu,complet,abouti,finir,finie|d:supprimer,effacer|e:assez,suffisant,suffisamment,suffit|f:plein,satur|h:sur,cet|j:interminable|k:marche,fonctionne,faire,arrive|l:fichiers|m:faut,manque,besoin|n:pas,ne,non,impossible,aucune,sans,n|p:appareil,telephone|q:incomplete,interromp|r:restaur|s:stockage,espace,place|t:bloque,coince,fige|u:minute,heure|v:disponible,accessible|w:semaine,jours,mois|x:echou,echec,erreur|y:devez,necessite,connecte|z:insuffisant,manque,peu|A:reseau,connexion,internet|B:mauvais,faible,lente,lent|D:pause,suspendue|E:autre|G:passe|H:valider,verifi,confirm|I:conditions|J:accepter,nouvelles|K:activ|L:probleme,erreur|M:connect,connexion,joindre|O:jamais|T:bonne,rapide,malgre,alors\n" +
	"es=a:ultima,ultimo|b:copia,respald|c:complet,termin,acaba,finaliz|d:eliminar,borrar|e:suficiente,alcanza,llega,bastante|f:lleno,llena,agotad,acabo,acabado|h:en,este|j:eternidad|k:hace,hacer,hago,funciona,realiza|l:archivos,ficheros|m:necesit,falta,faltan|n:no,sin,imposible|o:desactivad,apagad|p:dispositivo,telefono,celular,movil|q:incomplet,interrump|r:restaur|s:espacio,almacenamiento,sitio|t:atascad,pillad,bloquead,trabad,pegad,atorad,lleva|u:minuto,hora,horas|v:disponible|w:semana,dias,meses|x:fallo,falla,fallad,fallid,error|y:conect,debes|z:falta,insuficiente,poco|A:red,conexion,internet|B:mala,malas,debil,lenta,deficiente,problemas,lento|D:pausa|E:otro|G:contrasena|H:verific,confirm|I:terminos,condiciones|J:acept,nuevos,nuevas|K:activ,encend|L:problema,error|M:conect|O:nunca,jamas|T:buena,bien,rapid,aunque,pesar\n" +
	"it=a:ultimo|c:complet,termina,finito,finisce,finire,buon|d:eliminare,cancellare|e:abbastanza,sufficiente,basta|f:pieno,piena,esaurit,finito,finita|h:sul,sull,su,dell|j:infinito|k:funziona,fare,fa,riesco,esegu,riuscit,parte|l:file|m:servono,serve,mancano,occorrono|n:non,impossibile,nessun,senza|o:disattivat,spento|p:dispositivo,telefono|q:incompleto,interrott|r:ripristin|s:spazio,memoria|t:bloccat,fermo,piantat|u:minuto,ore|v:disponibil,salvare|w:settiman,giorni,mesi|x:errore,fallit|y:devi,bisogna,conness|z:insufficiente,manca,poco|A:rete,connessione,internet|B:debole,scarsa,lenta,pessima,problemi,lento|D:pausa|E:altro|G:password|H:verific,conferm|I:condizioni,termini|J:accett,nuove,nuovi|K:attiva,abilit|L:problema,errore|M:connett,colleg|O:mai|T:buona,bene,veloce,anche,nonostante\n" +
	"pt=a:ultimo|b:copia|c:conclu,complet,termin,acabou|d:apagar,excluir|e:suficiente,chega|f:cheio,lotado,acabou|h:no,neste|k:funciona,fazer,faz,faco,fazendo|l:arquivos|m:preciso,precisa,necessario,falta|n:nao,sem,nem|o:desligado,desativado|p:dispositivo,celular,aparelho|q:incompleto,interromp|r:restaur|s:espaco,armazenamento|t:parado,travad,travou,preso|u:minuto,hora,horas|v:disponive,salvos|w:semana,dias,meses|x:falhou,falha,erro|y:precis,conect|z:insuficiente,falta,pouco|A:rede,conexao,internet|B:ruim,fraca,lenta,baixo,lento,fraco|D:pausa|E:outro|G:senha|H:verific,confirm|I:termos,condicoes|J:aceit,novos|K:ativar,ativad,ligar|L:problema,erro|M:conect|O:nunca|T:boa,bom,rapida,apesar,embora\n" +
	"nl=a:laatste,vorige|c:voltooi,afgerond,klaar,afgemaakt|d:verwijder,wissen|e:genoeg,voldoende|f:vol|h:op|j:eeuwig,eindeloos|k:werkt,lukt,maken,maakt,wil,doet|l:bestanden|m:nodig,vereist,extra|n:niet,geen,zonder|o:uitgeschakeld|p:apparaat,telefoon|q:onvolledig,onderbroken|r:herstel,terugge,terugzet|s:opslag,ruimte|t:hangt,hangen,blijft,vast|u:minuut,minute,uur,uren|v:beschikbaar|w:weken,dagen,maanden|x:mislukt,fout|y:moet,vereist|z:weinig,onvoldoende|A:netwerk,verbinding,internet|B:slecht,zwak,trage|D:gepauzeerd,onderbroken|E:ander,andere|F:nieuwer|G:wachtwoord|H:controle,verifi,bevestig|I:voorwaarden|J:accepte,akkoord,nieuwe|K:aanzet,inschakel|L:probleem,fout|M:verbind,bereik|O:nooit|T:goed,snel,prima,hoewel,ondanks\n" +
	"ja=a:最後,前回,最新|b:ハックアッフ|d:削除,消せ|e:十分|f:いっはい,一杯,満杯|h:本体,端末|j:すっと,いつまて|l:ファイル|m:あと,必要|n:ない,ません,なかった,なく,なし|o:オフになって,オフてす|p:本体,端末,テハイス|r:復元|s:容量,空き,ストレーシ|t:止ま,固ま,進ま|u:残り,分,時間|v:利用,使用,使え|w:週間,日間,ヶ月,か月|x:失敗,エラー,されない,てきな,てきませ,出来な,取れな,取れませ|y:つない,繋,接続|z:足り,不足,足ら,空きかな,空きかあ|A:ネット,通信,電波,回線|B:悪,弱,不安定,遅,不良|D:停止,中断|E:他の,別の,ほかの|F:新しい|G:ハスワート|H:確認,入力|I:規約|J:同意,新しい|K:オンに,有効|L:問題,エラー|M:接続,つなか,繋か|S:方法|q:完了しませ,完了しな,完了てきな,完了てきませ,完了していな,完了していませ,完了してな,終わらな,終わりませ,終わってな,終了していませ,未完了,中断|T:問題な,良好,速い,のに\n" +
	"ko=a:마지막,최근,지난,이전|b:백업|c:완료|d:삭제,지우,지울|e:충분|f:가득,꽉,찼|h:iphone,기기,휴대폰|j:끝나질,끝나지,안끝|l:파일|m:필요,더|n:않,못,없,안되,안돼,안됐,안됨,안된,안끝|o:꺼져|p:기기,휴대폰|r:복원|s:공간,용량|t:멈,걸려,안넘어|u:분,시간|v:사용|w:주간,개월,일간,달,동안|x:실패,오류,에러,안되,안돼,안됐,안됨,안된|y:연결|z:부족,모자|A:네트워크,인터넷,연결|B:불안정,안좋,좋지,나쁘,느려,불량,약해|D:일시정지,중지|E:다른|F:최신,높은|G:암호,비밀번호|H:확인,인증|I:약관|J:동의|K:켜,활성,켤|L:문제,오류|M:연결,접속|g:기가|S:방법|T:좋은,빠르,정상\n" +
	"zh-Hans=a:上次,上一次,最近一次|b:备份|d:删|f:满,用完|h:手机,设备,iphone|i:云|j:在转,转圈|l:文件|m:还差,还需,还要|n:无法,没,未,不|o:没打开,未打开,已关|p:手机,设备|r:恢复,还原|s:空间,容量,内存|t:卡住,卡在,停在,不动,卡了|u:分钟,小时|v:可用,使用|w:周,星期,个月,天没,天未|x:失败,不成功,出错,错误,不了,不工作,失效|y:必须,要连,才能|z:不足,不够,没有足够|A:网络,信号|B:差,不好,不佳,慢,不稳|D:暂停|E:别的,其他,另一|F:更新的,较新,更高|G:密码|H:验证|I:条款,协议|J:同意,接受|K:打开,开启,启用,打不开|L:问题,出错|M:连不上,连接|O:从未,从没,从来没|S:怎么|q:中断,没完成,未完成,没有完成,无法完成,未能完成,没能完成,完成不了,完不成|T:正常,很好,没问题,虽然\n" +
	"zh-Hant=a:上次,上一次,最近一次|b:備份|d:刪|f:滿,用完|h:手機,裝置,iphone|i:雲|j:在轉,轉圈,跑不完|l:檔案|m:還差,還需,還要|n:無法,沒,未,不|o:沒有開啟,未開啟,沒打開,已關|p:手機,裝置|r:回復,還原|s:空間,容量|t:卡住,卡在,停在,不動,卡了|u:分鐘,小時|v:可用,使用|w:週,星期,個月,天沒,天未|x:失敗,不成功,錯誤,出錯,不了,失效,不工作|y:必須,要連,才能|z:不足,不夠,沒有足夠|A:網路,訊號|B:差,不好,不佳,慢,不穩|D:暫停|E:別的,其他,另一|F:較新,更新的,更高|G:密碼|H:驗證|I:條款|J:同意,接受|K:打開,開啟,啟用,打不開|L:問題,錯誤|M:連不上,連線,連接|O:從未,從沒,從來沒|S:怎麼|q:中斷,沒完成,未完成,沒有完成,無法完成,未能完成,沒能完成,完成不了,完不成,跑不完|T:正常,很好,沒問題,雖然\n" +
	"ru=a:последн|b:копия,копию,копии,копиров,бэкап,бекап,резервн|c:заверш,законч,заканч|d:удали,удаля|e:достаточно,хватает|f:заполн,переполн,закончил|h:на|j:бесконечно,вечно|k:делает,сделать,создает,создать,работает,получается|l:фаилы,фаилов|m:нужно,требуется,еще|n:не,нет,без|o:отключен,выключен|p:устроиств,телефон|r:восстан|s:места,место,памят,хранилищ|t:завис,застря,висит|u:минут,часов,часа,сутки|v:доступн,сохран|w:недел,днеи,месяц|x:сбои,ошибка,ошибку|y:требует,необходим,подключ|z:мало,недостаточно|A:сеть,сети,интернет,соединен,связь,связи,сетью|B:плохо,плоха,слаба,слабо,медлен|D:приостан,пауза,паузе|E:другое,другого,другои|G:пароль,пароля|H:подтверд,провер|I:условия,соглашен|J:принять,новые|K:включить,включении,включает|L:проблем,ошибка|M:подключ,соедин,связи|O:никогда,разу|g:гб,мб|q:незаверш,неполн,прерва|T:хорош,нормальн,отличн,быстр,хотя\n" +
	"ar=a:اخر,الاخيره|b:نسخ|c:كتمل,اكمال,تنته,يكمل|d:حذف|e:كاف,تكفي|f:ممتل,امتلا,مليان|g:جيجا,غيغا|h:في,علي|j:ينتهي|k:عمل,يسوي|l:ملفات|m:احتاج,يحتاج,اضافي,حاجه|n:لا,لم,ما,غير,تعذر,ليس,بدون,ولم,ولا|o:متوقف,معطل|p:جهاز|r:استعاد,يستعيد|s:مساحه,تخزين,مكان|t:عالق,معلق,متوقف|u:دقيقه,ساع|v:متوفر,متاح|w:اسبوع,اسابيع,ايام,شهر|x:فشل,خطا|y:لازم,يجب,يلزم|A:شبكه,انترنت,اتصال,النت|B:ضعيف,ضعف,سيي,سي|D:موقت|E:اخر|F:احدث|G:السر,المرور|H:تاكيد,تحقق|I:شروط|J:موافق,قبول,جديد|K:تشغيل,تفعيل,تمكين,يشغل|L:مشكل,خطا|M:اتصال,يتصل|S:كيف|q:ناقص|T:جيد,ممتاز,سريع,رغم|O:ابدا\n" +
	"tr=a:son|b:yedek,yedeg|d:silin|e:yeterli|f:dolu,doldu|h:telefonda,cihazda,da|j:bitmiyor,saatlerdir|l:dosya|m:lazim,gerek|n:yok,degil,olmadigi,kalmadi,yedeklenmedi,yedeklenmemis,alinmamis,alinmadi|o:kapali|p:telefon,cihaz,aygit|q:tamamlanmad,tamamlanamad,bitmedi,tamamlanmiyor,yarim,tamamlanmam|r:yukle|s:alan,alani,yer,depolama|t:takildi,takili,dondu|u:dakika,saat|w:hafta,gundur,aydir|x:basarisiz,hata,calismiyor,almiyor,yapmiyor,yapilamiyor,alinamiyor,yedekleyemiyor,yedeklenemiyor|y:gerek,lazim|z:yetersiz,yetmiyor,olmadigi,kalmadi|A:ag,agi,baglanti,internet|B:kotu,zayif,yavas|D:duraklat|E:baska,diger|G:parola,sifre|H:dogrula|I:kosul|J:kabul|K:acarken,etkinlestir|L:sorun,hata|T:iyi,hizli,ragmen|O:hic\n" +
	"pl=a:ostatni|b:kopia,kopii,kopie,kopiowan|c:ukoncz,zakoncz,dokoncz,skoncz|d:usunac,usuwa|e:wystarcza|f:pelny,pelne,pelna,zapeln,skonczyl|h:na|k:dziala,robi,zrobic,tworzy,powiod|l:pliki,plikow|m:potrzeb,brakuje,trzeba|n:nie,bez,brak|o:wylaczon|p:urzadzen,telefon|q:niekomplet,nieukoncz,przerwan|r:odtwarz,przywrac|s:miejsca,miejsce,pamiec|t:zatrzyma,zawies,stoi,utknal|u:minut,godzin|v:dostepn|w:tygod,dni,miesi|x:nieudan,blad|y:trzeba,musi,wymaga|z:malo,brak,niewystarczaj,brakuje|A:siec,sieci,polaczen,internet|B:slaba,slabe,slaby|D:wstrzym|E:inne,innego,innym,inny|F:nowsze,nowsza|G:haslo,hasla|H:weryfik,potwierd|I:warunki,regulamin|J:akcept,nowe,nowy|K:wlacz|L:problem,blad|M:polacz|O:nigdy|T:dobra,dobry,szybk,mimo,chociaz\n"
